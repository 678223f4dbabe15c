/**
 * What is to be watched: the checkers of real servers and the scripts that VRRP tracks, as records
 * read from the configuration. A {@link io.keepstream.health.config.CheckConfig} is what identifies
 * a check; equal ones are the same check, before and after a reload.
 */
package io.keepstream.health.config;
