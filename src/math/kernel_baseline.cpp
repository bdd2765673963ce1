// The kernels for every processor of this architecture: SSE2 on x86-64, NEON on arm64.
#define NNRUN_KERNEL baseline
#define NNRUN_VECTOR_BYTES 16
#define NNRUN_PANEL_VECTORS 2

#include "math/simd_kernels.h"

namespace nnrun {

extern const Kernels kBaselineKernels;
#if defined(__aarch64__)
constinit const Kernels kBaselineKernels = baseline::table("neon");
#else
constinit const Kernels kBaselineKernels = baseline::table("sse2");
#endif

}  // namespace nnrun
