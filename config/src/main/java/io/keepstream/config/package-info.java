/**
 * The configuration as a tree: what {@link io.keepstream.config.language.ConfigReader} makes of a
 * file, and how a service reads its own blocks of it.
 *
 * <p>A {@link io.keepstream.config.Document} holds {@link io.keepstream.config.Statement}s, one per
 * logical line. Braces are explicit in the language, so the tree needs no list of keywords: a line
 * followed by an opening brace has a body. Every word knows its file, line and column, also behind
 * variables, repetitions and includes.
 *
 * <p>A service walks the tree with {@link io.keepstream.config.Section}, which is forgiving: what
 * is wrong has been reported by the vocabulary check before any service reads, and an unreadable
 * value reads as absent. {@link io.keepstream.config.Diagnostic} is the one form in which every
 * part of the program reports a problem of the configuration.
 *
 * <p>Nothing in this module knows what a keyword means, and only {@link
 * io.keepstream.config.language.SystemSource} touches the machine.
 */
package io.keepstream.config;
