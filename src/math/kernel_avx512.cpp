// The kernels for AVX-512 (F, DQ, BW, VL); compiled for it alone, and empty on other architectures.
#define NNRUN_KERNEL avx512
#define NNRUN_VECTOR_BYTES 64
#define NNRUN_PANEL_VECTORS 4

#if defined(__x86_64__)
#include "math/simd_kernels.h"

namespace nnrun {

extern const Kernels kAvx512Kernels;
constinit const Kernels kAvx512Kernels = avx512::table("avx512");

}  // namespace nnrun
#endif
