// The kernels for AVX2 with FMA; compiled for it alone, and empty on other architectures.
#define NNRUN_KERNEL avx2
#define NNRUN_VECTOR_BYTES 32
#define NNRUN_PANEL_VECTORS 2

#if defined(__x86_64__)
#include "math/simd_kernels.h"

namespace nnrun {

extern const Kernels kAvx2Kernels;
constinit const Kernels kAvx2Kernels = avx2::table("avx2");

}  // namespace nnrun
#endif
