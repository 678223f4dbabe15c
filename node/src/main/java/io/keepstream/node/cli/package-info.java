/** The command line: one class per sub-command. */
package io.keepstream.node.cli;
