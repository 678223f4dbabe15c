/**
 * Which event concerns whom, and in what words: {@link io.keepstream.notifier.route.Notices} speaks
 * keepalived's language of scripts and FIFO lines, {@link io.keepstream.notifier.route.EventFilter}
 * selects events for webhooks.
 */
package io.keepstream.notifier.route;
