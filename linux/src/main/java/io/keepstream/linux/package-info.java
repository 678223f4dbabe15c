/** Placeholder. */
package io.keepstream.linux;
