/** What users install: the Debian package, and the image with its compose file. */
package io.keepstream.node.packaging;
