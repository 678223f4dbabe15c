/**
 * A node: it reads the configuration once, gives each service its part, starts and ends the
 * services in order, and reloads all of them or none.
 */
package io.keepstream.node.run;
