package io.metasrv.protocol;

import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.EnumDescriptor;
import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FileDescriptor;
import com.google.protobuf.Descriptors.GenericDescriptor;
import com.google.protobuf.Descriptors.MethodDescriptor;
import com.google.protobuf.Descriptors.OneofDescriptor;
import com.google.protobuf.Descriptors.ServiceDescriptor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Takes the generated descriptors apart into facts. */
final class CompiledProtocol {

  private static final List<FileDescriptor> ROOTS =
      List.of(
          io.metasrv.protocol.v1.ColumnProto.getDescriptor(),
          io.metasrv.protocol.v1.CommonProto.getDescriptor(),
          io.metasrv.protocol.v1.DatabaseProto.getDescriptor(),
          io.metasrv.protocol.v1.DdlProto.getDescriptor(),
          io.metasrv.protocol.v1.HealthProto.getDescriptor(),
          io.metasrv.protocol.v1.PromProto.getDescriptor(),
          io.metasrv.protocol.v1.RowProto.getDescriptor(),
          io.metasrv.protocol.v1.flow.ServerProto.getDescriptor(),
          io.metasrv.protocol.v1.frontend.ServerProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.ClusterProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.CommonProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.ConfigProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.DdlProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.HeartbeatProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.LockProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.ProcedureProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.RegionProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.RouteProto.getDescriptor(),
          io.metasrv.protocol.v1.meta.StoreProto.getDescriptor(),
          io.metasrv.protocol.v1.region.ServerProto.getDescriptor());

  private CompiledProtocol() {}

  /** The compiled files and everything they import, by path. */
  static Map<String, FileDescriptor> files() {
    Map<String, FileDescriptor> files = new LinkedHashMap<>();
    ROOTS.forEach(file -> collect(file, files));
    return files;
  }

  private static void collect(FileDescriptor file, Map<String, FileDescriptor> into) {
    if (into.putIfAbsent(file.getName(), file) == null) {
      file.getDependencies().forEach(imported -> collect(imported, into));
    }
  }

  static WireFacts facts() {
    WireFacts facts = new WireFacts();
    Map<String, FileDescriptor> files = files();
    files.values().stream()
        .map(FileDescriptor::getPackage)
        .distinct()
        .forEach(name -> facts.add("package " + name, "exists"));
    files.values().forEach(file -> readFile(facts, file));
    return facts;
  }

  private static void readFile(WireFacts facts, FileDescriptor file) {
    String fact = "file " + file.getName();
    FileDescriptorProto proto = file.toProto();
    facts.add(fact, "package", file.getPackage());
    facts.add(fact, "syntax", proto.getSyntax());
    facts.add(fact, "imports", new TreeSet<>(proto.getDependencyList()).toString());
    file.getMessageTypes().forEach(message -> readMessage(facts, message));
    file.getEnumTypes().forEach(type -> readEnum(facts, type));
    file.getServices().forEach(service -> readService(facts, service));
  }

  private static void readMessage(WireFacts facts, Descriptor message) {
    if (message.getOptions().getMapEntry()) {
      return;
    }
    String fact = "message " + message.getFullName();
    facts.add(fact, "file", message.getFile().getName());
    Stream<String> oneofs = message.getRealOneofs().stream().map(OneofDescriptor::getName);
    facts.add(fact, "oneofs", oneofs.sorted().toList().toString());
    message.getFields().forEach(field -> readField(facts, fact, field));
    message.getNestedTypes().forEach(nested -> readMessage(facts, nested));
    message.getEnumTypes().forEach(nested -> readEnum(facts, nested));
  }

  private static void readField(WireFacts facts, String message, FieldDescriptor field) {
    String fact = message + " field " + field.getNumber();
    OneofDescriptor oneof = field.getContainingOneof();
    facts.add(fact, "name", field.getName());
    facts.add(fact, "json name", field.getJsonName());
    facts.add(fact, "type", typeOf(field));
    facts.add(fact, "label", labelOf(field));
    facts.add(fact, "oneof", oneof == null ? "none" : oneof.getName());
    facts.add(fact, "packed", Boolean.toString(field.isPacked()));
    facts.add(fact, "deprecated", Boolean.toString(field.getOptions().getDeprecated()));
  }

  private static String typeOf(FieldDescriptor field) {
    if (field.isMapField()) {
      Descriptor entry = field.getMessageType();
      return "map<"
          + typeOf(entry.findFieldByNumber(1))
          + ","
          + typeOf(entry.findFieldByNumber(2))
          + ">";
    }
    GenericDescriptor named =
        switch (field.getJavaType()) {
          case MESSAGE -> field.getMessageType();
          case ENUM -> field.getEnumType();
          default -> null;
        };
    return named == null ? field.getType().name().toLowerCase(Locale.ROOT) : named.getFullName();
  }

  private static String labelOf(FieldDescriptor field) {
    if (field.isMapField()) {
      return "map";
    }
    return field.isRepeated() ? "repeated" : "singular";
  }

  private static void readEnum(WireFacts facts, EnumDescriptor type) {
    String fact = "enum " + type.getFullName();
    facts.add(fact, "file", type.getFile().getName());
    facts.add(fact, "allow alias", Boolean.toString(type.getOptions().getAllowAlias()));
    for (EnumValueDescriptor value : type.getValues()) {
      facts.add(fact + " value " + value.getName(), Integer.toString(value.getNumber()));
    }
  }

  private static void readService(WireFacts facts, ServiceDescriptor service) {
    String name = "service " + service.getFullName();
    facts.add(name, "file", service.getFile().getName());
    for (MethodDescriptor method : service.getMethods()) {
      String fact = name + " method " + method.getName();
      facts.add(fact, "path", "/" + service.getFullName() + "/" + method.getName());
      facts.add(fact, "request", method.getInputType().getFullName());
      facts.add(fact, "response", method.getOutputType().getFullName());
      facts.add(fact, "client streaming", Boolean.toString(method.isClientStreaming()));
      facts.add(fact, "server streaming", Boolean.toString(method.isServerStreaming()));
    }
  }
}
