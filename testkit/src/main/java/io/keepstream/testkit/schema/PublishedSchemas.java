package io.keepstream.testkit.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The schemas in the repository, in the hands of somebody else's validator. */
public final class PublishedSchemas {
  private static final Path FOLDER = Path.of("..", "docs", "schema");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BASE = "https://schemas.example/";

  private final SchemaRegistry registry;

  /** Closed: a field that no schema declares is an error, which for readers it is not. */
  public PublishedSchemas() {
    Map<String, String> closed = new HashMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.toList()) {
        JsonNode schema = JSON.readTree(file.toFile());
        close(schema);
        closed.put(BASE + file.getFileName(), schema.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    registry =
        SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12, builder -> builder.schemas(closed));
  }

  /** All that is wrong with {@code document} by the schema in {@code file}. */
  public List<Error> errors(String file, JsonNode document) {
    return registry
        .getSchema(SchemaLocation.of(BASE + file))
        .validate(
            document,
            context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  private static void close(JsonNode schema) {
    if (schema instanceof ObjectNode object && object.has("properties")) {
      object.put("additionalProperties", false);
    }
    schema.forEach(PublishedSchemas::close);
  }
}
