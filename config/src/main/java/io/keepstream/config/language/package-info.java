/**
 * The language: from bytes to a tree of positioned statements, in one pass.
 *
 * <p>{@link io.keepstream.config.language.LogicalLines} is the heart. It keeps a stack of {@link
 * io.keepstream.config.language.Frame}s, each a source of lines: files, multi-line variables,
 * repetitions, and the rest of a line behind a brace. A line taken from the top goes through these
 * steps: conditional ({@code @id}), definition ({@code $NAME=}), repetition ({@code ~SEQ ~LST}),
 * include, cut at the first brace, substitution of variables. What remains is a line of words or a
 * brace, from which {@link io.keepstream.config.language.TreeBuilder} makes the tree.
 *
 * <p>Where keepalived cuts a line in two, swallows a closing brace or reads its own copy of the
 * text again, this reader does what the author of the file meant and says so in a warning.
 *
 * <p>Files, environment and chance come in through {@link
 * io.keepstream.config.language.ConfigSource}. No input makes the reader fail or run away: what one
 * reading may expand to is bounded by {@link io.keepstream.config.language.Reading}.
 */
package io.keepstream.config.language;
