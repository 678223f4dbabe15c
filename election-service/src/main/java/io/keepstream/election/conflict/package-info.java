/**
 * Two MASTERs at a time, as one of them hears the other: when that begins, that it lasts, and when
 * it is over. Pure; it decides nothing, it only tells.
 */
package io.keepstream.election.conflict;
