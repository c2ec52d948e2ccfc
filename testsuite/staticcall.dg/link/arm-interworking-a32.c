/* SPDX-License-Identifier: GPL-2.0-or-later */
/* An A32 unit with T32 sites and a T32 target. */
/* { dg-do run { target arm*-*-* } } */
/* { dg-options "-O2 -marm" } */
/* { dg-additional-files "arm-interworking.h" } */
#define OTHER __attribute__((target("thumb")))
#include "arm-interworking.h"
/* { dg-final { scan-static-call-sites 4 fp } } */
/* { dg-final { scan-static-call-sites 2 vp.cond } } */
