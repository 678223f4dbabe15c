/** Placeholder. */
package io.keepstream.election;
