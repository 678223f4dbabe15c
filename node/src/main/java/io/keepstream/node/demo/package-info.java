/**
 * The demo: the tutorial's two nodes, a client and two web servers in network namespaces of this
 * machine, with the very addresses of the examples; real packets, real programs, nothing left
 * behind.
 */
package io.keepstream.node.demo;
