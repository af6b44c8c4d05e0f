package io.metasrv.protocol;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the wire table, a JSON document, into facts. */
final class WireTable {

  private WireTable() {}

  static JsonNode load() throws IOException {
    try (InputStream in = WireTable.class.getResourceAsStream("/descriptors.json")) {
      return JsonMapper.shared().readTree(in);
    }
  }

  static WireFacts facts(JsonNode table) {
    WireFacts facts = new WireFacts();
    table.get("packages").properties().forEach(e -> readPackage(facts, e.getKey(), e.getValue()));
    return facts;
  }

  private static void readPackage(WireFacts facts, String name, JsonNode node) {
    facts.add("package " + name, "exists");
    node.get("files")
        .properties()
        .forEach(
            file -> {
              String fact = "file " + file.getKey();
              facts.add(fact, "package", name);
              facts.add(fact, "syntax", file.getValue().get("syntax").asString());
              facts.add(fact, "imports", texts(file.getValue().get("imports")).toString());
            });
    node.get("messages")
        .properties()
        .forEach(message -> readMessage(facts, name + "." + message.getKey(), message.getValue()));
    node.get("enums")
        .properties()
        .forEach(entry -> readEnum(facts, name + "." + entry.getKey(), entry.getValue()));
    node.get("services")
        .properties()
        .forEach(service -> readService(facts, name + "." + service.getKey(), service.getValue()));
  }

  private static void readMessage(WireFacts facts, String name, JsonNode node) {
    String message = "message " + name;
    facts.add(message, "file", node.get("file").asString());
    facts.add(message, "oneofs", texts(node.get("oneofs")).toString());
    for (JsonNode field : node.get("fields")) {
      String fact = message + " field " + field.get("number").asInt();
      facts.add(fact, "name", field.get("name").asString());
      facts.add(fact, "json name", field.get("json_name").asString());
      facts.add(fact, "type", field.get("type").asString());
      facts.add(fact, "label", field.get("label").asString());
      JsonNode oneof = field.get("oneof");
      facts.add(fact, "oneof", oneof.isNull() ? "none" : oneof.asString());
      facts.add(fact, "packed", Boolean.toString(field.has("packed")));
      facts.add(fact, "deprecated", Boolean.toString(field.has("deprecated")));
    }
  }

  private static void readEnum(WireFacts facts, String name, JsonNode node) {
    String fact = "enum " + name;
    facts.add(fact, "file", node.get("file").asString());
    facts.add(fact, "allow alias", Boolean.toString(node.get("allow_alias").asBoolean()));
    for (JsonNode value : node.get("values")) {
      facts.add(fact + " value " + value.get("name").asString(), value.get("number").asString());
    }
  }

  private static void readService(WireFacts facts, String name, JsonNode node) {
    String service = "service " + name;
    facts.add(service, "file", node.get("file").asString());
    for (JsonNode method : node.get("methods")) {
      String fact = service + " method " + method.get("name").asString();
      facts.add(fact, "path", method.get("path").asString());
      facts.add(fact, "request", method.get("request").asString());
      facts.add(fact, "response", method.get("response").asString());
      facts.add(fact, "client streaming", method.get("client_streaming").asString());
      facts.add(fact, "server streaming", method.get("server_streaming").asString());
    }
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(node -> texts.add(node.asString()));
    texts.sort(null);
    return texts;
  }
}
