/** Placeholder. */
package io.keepstream.node;
