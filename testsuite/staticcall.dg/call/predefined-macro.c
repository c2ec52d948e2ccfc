/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Sources can ask for the plugin and for its attribute. */
/* { dg-do preprocess } */

#ifdef __STATIC_CALL_PLUGIN__
the plugin is here
#endif
#if __has_attribute(static_call) && __has_attribute(__static_call__)
the attribute is known
#endif
/* { dg-final { scan-file predefined-macro.i {\nthe plugin is here\n} } } */
/* { dg-final { scan-file predefined-macro.i {\nthe attribute is known\n} } } */
