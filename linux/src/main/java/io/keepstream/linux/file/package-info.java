/**
 * Files of this host: {@link io.keepstream.linux.file.Inotify} tells what changes in directories,
 * {@link io.keepstream.linux.file.SmallFile} reads a little without ever waiting for anybody to
 * write.
 */
package io.keepstream.linux.file;
