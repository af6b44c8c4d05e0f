package io.metasrv.tests.house;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.Opcode;
import java.lang.classfile.instruction.MonitorInstruction;
import java.util.ArrayList;
import java.util.List;

/** Finds {@code synchronized} blocks, which ArchUnit does not see. */
final class MonitorScan {

  private MonitorScan() {}

  static List<String> monitorsIn(Class<?> type) {
    String file = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream in = type.getResourceAsStream(file)) {
      return in == null ? List.of() : monitorsIn(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  static List<String> monitorsIn(byte[] classFile) {
    ClassModel model = ClassFile.of().parse(classFile);
    List<String> found = new ArrayList<>();
    for (MethodModel method : model.methods()) {
      method
          .code()
          .ifPresent(
              code ->
                  code.forEach(
                      element -> {
                        if (element instanceof MonitorInstruction monitor
                            && monitor.opcode() == Opcode.MONITORENTER) {
                          found.add(
                              model.thisClass().asInternalName()
                                  + "."
                                  + method.methodName().stringValue());
                        }
                      }));
    }
    return found;
  }
}
