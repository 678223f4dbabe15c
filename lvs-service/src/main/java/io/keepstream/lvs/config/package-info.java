/** The words of the configuration that this service gives a meaning, and what they say. */
package io.keepstream.lvs.config;
