/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A T32 unit with A32 sites and an A32 target. */
/* { dg-do run { target arm*-*-* } } */
/* { dg-options "-O2 -mthumb" } */
/* { dg-additional-files "arm-interworking.h" } */
#define OTHER __attribute__((target("arm")))
#include "arm-interworking.h"
/* { dg-final { scan-static-call-sites 4 fp } } */
/* { dg-final { scan-static-call-sites 2 vp.cond } } */
