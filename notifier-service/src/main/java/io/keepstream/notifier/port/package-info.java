/** What the pure packages need from the outside: small interfaces, implemented at the edge. */
package io.keepstream.notifier.port;
