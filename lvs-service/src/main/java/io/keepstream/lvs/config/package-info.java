/**
 * The virtual servers of the configuration, ready for planning: groups expanded, values inherited,
 * defaults filled in, every server with the name that events and verdicts use for it.
 */
package io.keepstream.lvs.config;
