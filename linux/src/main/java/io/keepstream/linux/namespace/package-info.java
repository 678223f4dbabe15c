/**
 * Network namespaces: a socket belongs to the namespace of the thread that opened it, so opening
 * one elsewhere takes a thread that goes there and ends.
 */
package io.keepstream.linux.namespace;
