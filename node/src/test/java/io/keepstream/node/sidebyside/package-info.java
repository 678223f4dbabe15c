/**
 * keepalived and this program with the same checks of the same servers, which fail and recover by a
 * random script: both have to say the same of each server. {@code Script} is the script, {@code
 * Subject} a server of it, {@code Side} a host with one of the programs and servers of its own.
 */
package io.keepstream.node.sidebyside;
