/** The command line: one class per command. */
package io.keepstream.node.cli;
