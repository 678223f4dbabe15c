/** Placeholder. */
package io.keepstream.config;
