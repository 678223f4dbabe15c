/** Placeholder. */
package io.keepstream.notifier;
