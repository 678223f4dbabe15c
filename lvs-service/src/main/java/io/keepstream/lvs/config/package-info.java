/**
 * The words of the configuration that this service gives a meaning, and what they say: {@link
 * io.keepstream.lvs.config.LvsWords} declares them, {@link
 * io.keepstream.lvs.config.LvsConfigReader} reads the virtual servers ready for planning: groups
 * expanded, values inherited, defaults filled in, every server with the name that events and
 * verdicts use for it.
 */
package io.keepstream.lvs.config;
