package io.keepstream.contract;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What somebody wants of a running node: to know something, or that it does something. */
@JsonTypeInfo(use = JsonTypeInfo.Id.DEDUCTION)
@JsonSubTypes({@JsonSubTypes.Type(Question.class), @JsonSubTypes.Type(Instruction.class)})
public sealed interface Request permits Question, Instruction {}
