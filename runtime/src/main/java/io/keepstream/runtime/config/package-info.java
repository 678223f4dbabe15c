/** The words of the configuration that concern the program as a whole. */
package io.keepstream.runtime.config;
