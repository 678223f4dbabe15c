/** Placeholder. */
package io.keepstream.health;
