/** The {@code keepstream} program. */
package io.keepstream.node;
