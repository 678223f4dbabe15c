/** What the tests of this module stand on: network namespaces, and waiting with a deadline. */
package io.keepstream.linux.lab;
