package io.keepstream.linux.libc;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.invoke.MethodHandle;
import java.util.Optional;

/**
 * A function of the C library that takes up to six whole numbers and addresses.
 *
 * <p>All are called in one form, because the JDK takes some milliseconds to make each, for which a
 * node that starts would wait. 64-bit Linux allows it: the first six such arguments are passed in
 * registers, whatever their width and also to {@code open(2)} and its like; a function that takes
 * fewer does not look at the others; and of a result that is an {@code int} the lower half counts.
 *
 * <p>{@code errno} is captured by the linker into memory of the calling thread before anything else
 * of the JVM can change it. Who passes the {@link #address} of memory keeps it reachable until the
 * call has returned.
 */
final class NativeFunction {
  private static final Linker LINKER = Linker.nativeLinker();
  private static final StructLayout CALL_STATE = Linker.Option.captureStateLayout();
  private static final long ERRNO = CALL_STATE.byteOffset(PathElement.groupElement("errno"));
  private static final ThreadLocal<MemorySegment> STATE =
      ThreadLocal.withInitial(() -> Arena.ofAuto().allocate(CALL_STATE));

  /** A constant, so that the compiler can inline it. */
  private static final MethodHandle CALL = form();

  private final MemorySegment function;

  /** The function of this name. */
  NativeFunction(String name) {
    this(LINKER.defaultLookup().findOrThrow(name));
  }

  private NativeFunction(MemorySegment function) {
    this.function = function;
  }

  /** The function of this name, where this machine's library has it. */
  static Optional<NativeFunction> find(String name) {
    return LINKER.defaultLookup().find(name).map(NativeFunction::new);
  }

  @SuppressWarnings("restricted") // this class is the one door to native code
  private static MethodHandle form() {
    return LINKER.downcallHandle(
        FunctionDescriptor.of(
            JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
        Linker.Option.captureCallState("errno"));
  }

  /** Where {@code memory} is; a segment of the heap or of a closed arena is a mistake of ours. */
  static long address(MemorySegment memory) {
    if (!memory.isNative() || !memory.scope().isAlive()) {
      throw new IllegalArgumentException("not memory that the C library can use: " + memory);
    }
    return memory.address();
  }

  /** The result of a function that answers an {@code int}, or the negative error number. */
  int callInt(long a, long b, long c, long d, long e) {
    MemorySegment state = STATE.get();
    int result = (int) call(state, a, b, c, d, e, 0);
    return result == -1 ? -state.get(JAVA_INT, ERRNO) : result;
  }

  int callInt(long a, long b, long c) {
    return callInt(a, b, c, 0, 0);
  }

  int callInt(long a, long b) {
    return callInt(a, b, 0, 0, 0);
  }

  int callInt(long a) {
    return callInt(a, 0, 0, 0, 0);
  }

  int callInt() {
    return callInt(0, 0, 0, 0, 0);
  }

  /** The result of a function that answers a {@code long}, or the negative error number. */
  long callLong(long a, long b, long c, long d, long e, long f) {
    MemorySegment state = STATE.get();
    long result = call(state, a, b, c, d, e, f);
    return result == -1 ? -state.get(JAVA_INT, ERRNO) : result;
  }

  long callLong(long a, long b, long c) {
    return callLong(a, b, c, 0, 0, 0);
  }

  /** The error number of the last call of this thread. */
  static int lastErrno() {
    return STATE.get().get(JAVA_INT, ERRNO);
  }

  private long call(MemorySegment state, long a, long b, long c, long d, long e, long f) {
    try {
      return (long) CALL.invokeExact(function, state, a, b, c, d, e, f);
    } catch (RuntimeException | Error mistake) {
      throw mistake;
    } catch (Throwable never) {
      throw new IllegalStateException(never);
    }
  }
}
