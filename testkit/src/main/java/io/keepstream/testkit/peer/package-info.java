/** Other parties of a test: keepalived as the node to get on with, and web servers as back ends. */
package io.keepstream.testkit.peer;
