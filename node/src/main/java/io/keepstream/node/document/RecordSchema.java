package io.keepstream.node.document;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.keepstream.runtime.ContractJson;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the JSON Schema (2020-12) of a contract record as {@link ContractJson} writes it. Whatever
 * is written of a record that holds as little as possible is required. More fields than the schema
 * has are valid: a field is only ever added.
 */
final class RecordSchema {
  private static final String DIALECT = "https://json-schema.org/draft/2020-12/schema";
  private static final ObjectMapper JSON = ContractJson.mapper();

  private final Map<String, ObjectNode> definitions = new TreeMap<>();

  private RecordSchema() {}

  /** The whole schema, which needs no other but those of events or states that it holds. */
  static ObjectNode of(Class<?> record) {
    RecordSchema schemas = new RecordSchema();
    ObjectNode schema = JSON.createObjectNode().put("$schema", DIALECT);
    schema.put("title", ContractNames.title(record));
    schema.setAll(schemas.object(record));
    if (!schemas.definitions.isEmpty()) {
      schema.putObject("$defs").setAll(schemas.definitions);
    }
    return schema;
  }

  /** Its JSON fields: those of the components, and before them {@code type} where it has one. */
  private ObjectNode object(Class<?> record) {
    JsonNode least = JSON.valueToTree(Samples.least(record));
    ObjectNode schema = JSON.createObjectNode().put("type", "object");
    schema.put("description", RecordDocs.of(record));
    ObjectNode properties = schema.putObject("properties");
    ContractNames.typeName(record)
        .ifPresent(name -> properties.putObject("type").put("const", name));
    for (RecordComponent component : record.getRecordComponents()) {
      properties.set(component.getName(), property(component));
    }
    ArrayNode required = schema.putArray("required");
    least.fieldNames().forEachRemaining(required::add);
    return schema;
  }

  private ObjectNode property(RecordComponent component) {
    ObjectNode schema = schema(component.getGenericType());
    schema.put("description", RecordDocs.of(component));
    Unit.of(component).ifPresent(unit -> schema.put("x-unit", unit));
    return schema;
  }

  private ObjectNode schema(Type type) {
    return switch (type) {
      case ParameterizedType list when list.getRawType() == List.class ->
          typed("array").set("items", schema(list.getActualTypeArguments()[0]));
      case ParameterizedType map when map.getRawType() == Map.class ->
          typed("object").set("additionalProperties", schema(map.getActualTypeArguments()[1]));
      case Class<?> text when text == String.class -> typed("string");
      case Class<?> time when time == Instant.class -> typed("string").put("format", "date-time");
      case Class<?> anything when anything == Object.class -> JSON.createObjectNode();
      case Class<?> bool when bool == boolean.class || bool == Boolean.class -> typed("boolean");
      case Class<?> number when number.isPrimitive() || Number.class.isAssignableFrom(number) ->
          typed("integer");
      case Class<?> choice when choice.isEnum() -> reference(choice, values(choice));
      case Class<?> oneOf when oneOf.isSealed() -> files(oneOf);
      case Class<?> record -> reference(record, object(record));
      default -> throw new IllegalStateException("the contract has no %s so far".formatted(type));
    };
  }

  private static ObjectNode typed(String type) {
    return JSON.createObjectNode().put("type", type);
  }

  private ObjectNode reference(Class<?> type, ObjectNode definition) {
    definitions.putIfAbsent(ContractNames.title(type), definition);
    return JSON.createObjectNode().put("$ref", "#/$defs/" + ContractNames.title(type));
  }

  private static ObjectNode values(Class<?> enumeration) {
    StringBuilder description = new StringBuilder(RecordDocs.of(enumeration));
    ObjectNode schema = typed("string");
    ArrayNode values = schema.putArray("enum");
    for (Object constant : enumeration.getEnumConstants()) {
      String value = JSON.convertValue(constant, String.class);
      values.add(value);
      String meaning = RecordDocs.of((Enum<?>) constant);
      description.append(meaning.isEmpty() ? "" : " `%s`: %s".formatted(value, meaning));
    }
    return schema.put("description", description.toString());
  }

  /** One of many, each in a file of its own. */
  private static ObjectNode files(Class<?> sealedType) {
    ObjectNode schema = JSON.createObjectNode();
    ArrayNode choices = schema.putArray("oneOf");
    ContractJson.recordsOf(sealedType)
        .forEach(record -> choices.addObject().put("$ref", ContractNames.file(record)));
    return schema;
  }
}
