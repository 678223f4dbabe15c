/**
 * The events, one sealed family per subject area.
 *
 * <p>The JSON form of an event carries its type, {@code io.keepstream.<area>.<event>.v1}, in the
 * property {@code type}; the same text is the CloudEvents type. A field is only ever added; a
 * change of meaning makes a {@code v2}.
 */
package io.keepstream.contract.event;
