/**
 * How other processes of this machine ask the running node: one question and one answer, each a
 * line of JSON, on a Unix socket in a directory that only its owner enters.
 */
package io.keepstream.node.control;
