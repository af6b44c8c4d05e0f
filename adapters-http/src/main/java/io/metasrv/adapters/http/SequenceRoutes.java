package io.metasrv.adapters.http;

import io.metasrv.application.service.AdminService;
import io.metasrv.domain.error.MetasrvException;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reading and moving the table id sequence (sheet 09 §3), with that sheet's structured errors. */
final class SequenceRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(SequenceRoutes.class);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final long MAX_TABLE_ID = 0xffff_ffffL;

  private final AdminService admin;

  SequenceRoutes(AdminService admin) {
    this.admin = admin;
  }

  void addTo(Routes.Builder routes) {
    routes
        .get("/admin/sequence/table/next-id", request -> answer(admin::nextTableId))
        .post("/admin/sequence/table/set-next-id", this::set);
  }

  private Response set(Request request) {
    if (!isJson(request.header("content-type").orElse(""))) {
      return Response.text(
          415, "Content-Type must be application/json, with a body like {\"next_table_id\":2048}");
    }
    JsonNode body;
    try {
      body = JSON.readTree(request.body());
    } catch (JacksonException e) {
      return Response.text(400, "The body is not JSON: " + e.getOriginalMessage());
    }
    if (body.isMissingNode()) {
      return Response.text(400, "The body is empty; expected {\"next_table_id\":2048}");
    }
    JsonNode next = body.path("next_table_id");
    if (!next.isIntegralNumber()
        || !next.canConvertToLong()
        || next.asLong() < 0
        || next.asLong() > MAX_TABLE_ID) {
      return Response.text(
          422, "next_table_id must be a whole number from 0 to " + MAX_TABLE_ID + ": " + body);
    }
    return answer(() -> admin.setNextTableId(next.asLong()));
  }

  private static boolean isJson(String contentType) {
    String type = contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return type.equals("application/json")
        || (type.startsWith("application/") && type.endsWith("+json"));
  }

  private static Response answer(LongSupplier work) {
    try {
      return Response.json(200, "{\"next_table_id\":" + work.getAsLong() + "}");
    } catch (MetasrvException e) {
      LOG.warn("The table id sequence could not be read or moved", e);
      return StructuredErrors.of(e);
    }
  }
}
