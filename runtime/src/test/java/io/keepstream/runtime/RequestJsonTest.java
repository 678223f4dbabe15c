package io.keepstream.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.keepstream.contract.Instruction;
import io.keepstream.contract.Instruction.Act;
import io.keepstream.contract.Question;
import io.keepstream.contract.Request;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is asked of a node, as it goes over the control socket. */
class RequestJsonTest {

  static Stream<Request> requests() {
    return Stream.of(
        Question.of(Question.What.STATUS),
        new Question(Question.What.EXPLAIN, "VI_1"),
        new Instruction("root", null, false, new Act.Drain("10.0.0.1:80", true, 5_000L)),
        new Instruction("root", "new kernel", true, new Act.Drain("10.0.0.1:80", false, null)),
        new Instruction("root", null, false, new Act.Undrain("10.0.0.1:80")),
        new Instruction("root", null, false, new Act.Weight("10.0.0.1:80", 5)),
        new Instruction("root", null, false, new Act.FileWeight("10.0.0.1:80")),
        new Instruction("root", null, false, new Act.Add("10.0.0.9:80", "10.0.0.1:80", 1)),
        new Instruction("root", null, false, new Act.Remove("10.0.0.9:80", "10.0.0.1:80")));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void comesBackAsItWas(Request request) throws JsonProcessingException {
    String json = ContractJson.mapper().writeValueAsString(request);
    assertThat(ContractJson.mapper().readValue(json, Request.class)).isEqualTo(request);
    assertThat(ContractJson.mapper().readValue(json, request.getClass())).isEqualTo(request);
  }

  @Test
  void whatIsNeitherIsRefused() {
    assertThatThrownBy(() -> ContractJson.mapper().readValue("{\"who\":1}", Request.class))
        .isInstanceOf(JsonProcessingException.class);
  }
}
