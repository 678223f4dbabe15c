/**
 * The vocabulary engine: words are declared by those who give them a meaning, and one checker holds
 * a document against all of them.
 *
 * <p>A {@link io.keepstream.config.vocabulary.Keyword} is declared in a {@link
 * io.keepstream.config.vocabulary.Block}, which is named by its path, as in {@code
 * virtual_server/real_server}. Several owners may declare words of one block; {@link
 * io.keepstream.config.vocabulary.Vocabulary} merges them. A declaration reads
 *
 * <pre>{@code
 * word("priority", NOT_YET, integer(1, 255)).means("Base election priority, 255 is the address owner")
 * }</pre>
 *
 * <p>and becomes effective by changing one token, {@code NOT_YET}, to {@code ACTS}. The same
 * declarations give the table of all words for the manual.
 */
package io.keepstream.config.vocabulary;
