/** Placeholder. */
package io.keepstream.testkit;
