/** The {@code keepstream} program: all services in one process, or one of them. */
package io.keepstream.node;
