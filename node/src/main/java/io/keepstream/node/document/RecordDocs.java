package io.keepstream.node.document;

import com.github.therapi.runtimejavadoc.Comment;
import com.github.therapi.runtimejavadoc.CommentElement;
import com.github.therapi.runtimejavadoc.CommentText;
import com.github.therapi.runtimejavadoc.InlineLink;
import com.github.therapi.runtimejavadoc.InlineTag;
import com.github.therapi.runtimejavadoc.InlineValue;
import com.github.therapi.runtimejavadoc.RuntimeJavadoc;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What contract types say of themselves in their Javadoc, as one line of Markdown each. */
final class RecordDocs {
  /** Fields that mean the same wherever they stand. */
  private static final Map<String, String> GLOSSARY =
      Map.ofEntries(
          Map.entry("ageMillis", "how long it has been so"),
          Map.entry("configFile", "the file it was read from"),
          Map.entry("detail", "more, in words"),
          Map.entry("heldMillis", "how long the state before lasted"),
          Map.entry("instance", "the name of the `vrrp_instance` block"),
          Map.entry("neighbor", "the other end's address"),
          Map.entry("networkInterface", "the interface"),
          Map.entry("packets", "how many in the window"),
          Map.entry("sender", "the source address of the advertisement"),
          Map.entry("windowMillis", "the window's length"));

  private RecordDocs() {}

  /** What a type is. */
  static String of(Class<?> type) {
    return text(RuntimeJavadoc.getJavadoc(type).getComment());
  }

  /** What a constant of an enumeration means; empty where its name says all. */
  static String of(Enum<?> constant) {
    return text(RuntimeJavadoc.getJavadoc(constant).getComment());
  }

  /**
   * What a component holds: in its record's words, else in those of the interface that asks for it,
   * else as everywhere, else whatever its type is; empty when nobody says.
   */
  static String of(RecordComponent component) {
    return Stream.of(
            ofParameter(component),
            ofAccessor(component),
            GLOSSARY.getOrDefault(component.getName(), ""),
            sentence(of(element(component.getGenericType()))))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }

  private static String ofParameter(RecordComponent component) {
    return RuntimeJavadoc.getJavadoc(component.getDeclaringRecord()).getRecordComponents().stream()
        .filter(parameter -> parameter.getName().equals(component.getName()))
        .map(parameter -> text(parameter.getComment()))
        .findFirst()
        .orElse("");
  }

  private static String ofAccessor(RecordComponent component) {
    return Stream.of(component.getDeclaringRecord().getInterfaces())
        .flatMap(type -> RuntimeJavadoc.getJavadoc(type).getMethods().stream())
        .filter(method -> method.getName().equals(component.getName()))
        .map(method -> text(method.getComment()))
        .findFirst()
        .orElse("");
  }

  private static Class<?> element(Type type) {
    return type instanceof ParameterizedType list
        ? (Class<?>) list.getActualTypeArguments()[0]
        : (Class<?>) type;
  }

  private static String sentence(String text) {
    int end = text.indexOf(". ");
    return end < 0 ? text : text.substring(0, end + 1);
  }

  private static String text(Comment comment) {
    return comment.getElements().stream()
        .map(RecordDocs::text)
        .collect(Collectors.joining())
        .replaceAll("\\s+", " ")
        .strip();
  }

  private static String text(CommentElement element) {
    return switch (element) {
      case CommentText plain -> plain.getValue();
      case InlineLink link -> "`" + link.getLink().getLabel() + "`";
      case InlineValue value -> value.getValue().getReferencedMemberName();
      case InlineTag tag -> "`" + Optional.ofNullable(tag.getValue()).orElse("") + "`";
      default -> throw new IllegalStateException("unknown comment " + element.getClass());
    };
  }
}
