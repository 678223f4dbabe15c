package io.keepstream.node.control;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What the node answers.
 *
 * @param text the answer; null when there is none
 * @param problem why there is none, for people; else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Answer(String text, String problem) {}
