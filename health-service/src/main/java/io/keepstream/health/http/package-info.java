/**
 * What a check over HTTP asks, and what it makes of the answer: pure records and judging.
 *
 * <p>A response's body is never kept as a whole: it is hashed as it comes, and of its beginning
 * {@link io.keepstream.health.http.ResponseBody#KEPT_BYTES} are kept where a pattern or a text is
 * looked for. Patterns are written for PCRE2 and run by Java's engine, which {@link
 * io.keepstream.health.http.PcreSyntax} makes up for; their work is bounded, because it happens on
 * the event loop.
 */
package io.keepstream.health.http;
