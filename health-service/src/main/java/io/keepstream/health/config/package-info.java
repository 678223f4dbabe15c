/**
 * The words that this service gives a meaning, and what they say: the checkers of real servers and
 * the scripts, files and processes that VRRP tracks, read into records. A {@link
 * io.keepstream.health.config.CheckConfig} is what identifies a check; equal ones are the same
 * check, before and after a reload.
 */
package io.keepstream.health.config;
